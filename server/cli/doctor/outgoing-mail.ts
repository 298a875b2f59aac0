import { createTransport } from "nodemailer";
import { type Check, notice, well, wrong } from "./check.ts";

export const outgoingMail: Check = {
  name: "mail out",
  async run({ config: { smtpUrl } }) {
    if (smtpUrl === null)
      return notice("No server for outgoing mail is set: mail is kept, and shown as not sent.", "Set THROUGHLINE_SMTP_URL.");
    const server = URL.parse(smtpUrl)?.host ?? "the server";
    const transport = createTransport({ url: smtpUrl, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000 });
    try {
      await transport.verify();
      return well(`${server} answers and takes our name and password.`);
    } catch (error) {
      return wrong(
        `${server}: ${error instanceof Error ? error.message : String(error)}`,
        "Check THROUGHLINE_SMTP_URL, and that this machine may reach it.",
      );
    } finally {
      transport.close();
    }
  },
};
