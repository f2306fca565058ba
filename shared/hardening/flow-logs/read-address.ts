import { fourAt, othersIn } from "./digits.ts";

/** Comma and dot as `fourAt` tells them. */
const COMMA = 0x1c;
const DOT = 0x1e;

/** Reads an IPv4 address into a place of the list; answers its length with the comma behind it, or -1 where it is none. */
export function readAddress(view: DataView, from: number, addresses: Int32Array, index: number): number {
  let at = from;
  let address = 0;
  // Becomes negative where anything is odd.
  let odd = 0;
  for (let place = 0; place < 4; place += 1) {
    const four = fourAt(view, at);
    const count = Math.clz32(othersIn(four)) >>> 3;
    const digits = four >>> (32 - 8 * count);
    const octet = (digits & 255) + 10 * ((digits >>> 8) & 255) + 100 * (digits >>> 16);
    const behind = (four << (8 * count)) >>> 24;
    odd |= (count - 1) | (3 - count) | (255 - octet) | -(behind ^ (place < 3 ? DOT : COMMA));
    address = (address << 8) | octet;
    at += count + 1;
  }
  addresses[index] = address;
  return odd < 0 ? -1 : at - from;
}
