import { describe, expect, test } from "vitest";
import { openingAt, readHolidays, readRanges, WEEKDAYS, type OfficeHours, type Weekday } from "./office-hours";

const week = (text: string) => Object.fromEntries(WEEKDAYS.map((day) => [day, text])) as Record<Weekday, string>;
const office = (over: Partial<OfficeHours> = {}): OfficeHours => ({
  hoursOn: true,
  hours: { ...week("09:00-12:00, 13:00-17:00"), saturday: "", sunday: "" },
  holidays: "2026-12-25 Christmas\n2026-12-26",
  timeZone: "Europe/Berlin",
  ...over,
});
const at = (iso: string, over?: Partial<OfficeHours>) => openingAt(office(over), new Date(iso));

describe("by the organisation's clock", () => {
  test.each([
    ["2026-11-23T08:00:00Z", true, null],
    ["2026-11-23T07:59:59Z", false, "2026-11-23T08:00:00.000Z"],
    ["2026-11-23T11:00:00Z", false, "2026-11-23T12:00:00.000Z"],
    // Friday evening: Monday morning.
    ["2026-11-27T16:00:00Z", false, "2026-11-30T08:00:00.000Z"],
    // The weekend when the clock goes forward: an hour earlier in UTC.
    ["2026-03-27T16:00:00Z", false, "2026-03-30T07:00:00.000Z"],
    // Christmas is a Friday.
    ["2026-12-24T16:00:00Z", false, "2026-12-28T08:00:00.000Z"],
  ])("%s: open %s, opens at %s", (iso, open, opensAt) => {
    expect(at(iso)).toMatchObject({ open, opensAt });
  });

  test("a holiday is named, and only on its day", () => {
    expect(at("2026-12-25T10:00:00Z")).toEqual({
      open: false,
      opensAt: "2026-12-28T08:00:00.000Z",
      holiday: "Christmas",
    });
    expect(at("2026-12-24T05:00:00Z").holiday).toBeNull();
  });

  test("without hours it is always open; with none on any day it never is", () => {
    expect(at("2026-12-25T10:00:00Z", { hoursOn: false }).open).toBe(true);
    expect(at("2026-12-25T10:00:00Z", { hours: week("") })).toMatchObject({ open: false, opensAt: null });
    expect(at("2026-11-23T23:30:00Z", { hours: week("00:00-24:00"), holidays: "" }).open).toBe(true);
  });
});

test.each(["9-17", "09:00-09:00", "17:00-09:00", "09:00-25:00", "09:60-10:00", "13:00-14:00, 09:00-10:00", "x"])(
  "%s are no hours",
  (text) => expect(readRanges(text)).toBeNull(),
);

test("days off are read line by line", () => {
  expect(readRanges("09:00 – 17:30")).toEqual([[540, 1_050]]);
  expect(readHolidays(" 2027-01-01  New Year \n\n2027-01-06")).toEqual(
    new Map([
      ["2027-01-01", "New Year"],
      ["2027-01-06", ""],
    ]),
  );
  expect(readHolidays("2027-13-01")).toBeNull();
  expect(readHolidays("tomorrow")).toBeNull();
});
