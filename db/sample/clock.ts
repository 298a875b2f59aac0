const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Time in the sample company, counted from the moment it is made. */
export class SampleClock {
  readonly now: Date;

  constructor(now: Date) {
    this.now = now;
  }

  /** A time of day, so many days before now: deliveries at ten, mails at any hour. */
  at(daysAgo: number, hour: number): Date {
    const day = new Date(this.now.getTime() - Math.floor(daysAgo) * DAY_MS);
    day.setUTCHours(0, 0, 0, 0);
    return new Date(day.getTime() + Math.round(hour * 60) * MINUTE_MS);
  }

  after(moment: Date, minutes: number): Date {
    return new Date(moment.getTime() + Math.round(minutes) * MINUTE_MS);
  }

  isPast(moment: Date): boolean {
    return moment < this.now;
  }

  daysAgo(moment: Date): number {
    return (this.now.getTime() - moment.getTime()) / DAY_MS;
  }
}
