import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { atMostEvery } from "./atMostEvery";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("what is asked for a hundred times is done at once, and once again when it is quiet", () => {
  const act = vi.fn();
  const seldom = atMostEvery(1000, act);
  for (let times = 0; times < 100; times++) {
    seldom.ask();
  }
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(999);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(2);
});

it("what is asked for all the time is done once in that time", () => {
  const act = vi.fn();
  const seldom = atMostEvery(1000, act);
  for (let times = 0; times < 100; times++) {
    seldom.ask();
    vi.advanceTimersByTime(100);
  }
  expect(act).toHaveBeenCalledTimes(11);
});

it("what is asked for after a while is done at once", () => {
  const act = vi.fn();
  const seldom = atMostEvery(1000, act);
  seldom.ask();
  vi.advanceTimersByTime(1000);
  seldom.ask();
  expect(act).toHaveBeenCalledTimes(2);
});

it("what was asked for is not done when it was stopped", () => {
  const act = vi.fn();
  const seldom = atMostEvery(1000, act);
  seldom.ask();
  seldom.ask();
  seldom.stop();
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(1);
});
