import { isIPv4, isIPv6 } from "node:net";

/**
 * What limits count as one place: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has all
 * 2^64. An IPv4 address written as IPv6 is that IPv4 address.
 */
export function networkOf(ip: string | null): string {
  if (!ip) return "-";
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  const plain = ip.replace(/%.*$/, "");
  return isIPv6(plain) ? `${firstGroups(plain)}::/64` : ip;
}

/** "2001:db8::1" -> "2001:db8:0:0" */
function firstGroups(ip: string): string {
  // URL writes an address in its one short form, embedded IPv4 included.
  const [head = "", tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...middle, ...right].slice(0, 4).join(":");
}
