import { startSmtp, stopReading, useResolver, type SmtpListener } from "../features/channels/email/index.ts";
import { openDoors, type Doors } from "./doors.ts";
import { testHouse, type House } from "./house.ts";

export interface MailDoors {
  house: House;
  doors: Doors;
  smtp: SmtpListener;
  close(): Promise<void>;
}

/** A house with its doors open and real SMTP, without looking anything up in the DNS. Close it in an `after` hook. */
export async function openMailDoors(): Promise<MailDoors> {
  const house = await testHouse();
  const doors = await openDoors(house);
  useResolver(null);
  const smtp = await startSmtp({ port: 0, host: "127.0.0.1" });
  return {
    ...{ house, doors, smtp },
    async close() {
      await smtp.stop();
      await doors.app.close();
      await stopReading();
    },
  };
}
