let countdown = Number(/^exit-after-commit:(\d+)$/.exec(process.env.HERADESK_FAULT ?? "")?.[1] ?? 0);

/** For the fault harness: ends the process right after the n-th commit, before anybody hears of it. Nothing otherwise. */
export function faultPoint(_where: "after-commit") {
  if (countdown > 0 && --countdown === 0) process.exit(137);
}
