// Local days of the clinic, by a clock that is put right with what the server last said.
import { Meeting } from "./kept";

export interface Today {
  day: string;
  /** The clock lies before the last meeting, so it was set back. */
  isWrong: boolean;
}

export function dayAt(milliseconds: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(milliseconds);
}

export function todayBy(meeting: Meeting, zone: string): Today {
  const now = Date.now() - meeting.ahead;
  return { day: dayAt(Math.max(now, meeting.seen), zone), isWrong: now < meeting.seen };
}

/** So many days before a day, as 2026-11-29. */
export function before(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

export function inWords(day: string): string {
  const how: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", how).format(new Date(`${day}T12:00:00Z`));
}
