import { createHmac } from 'node:crypto';

/** The code of an authenticator app for a secret in base 32, `ahead` steps of 30 seconds from now. */
export function codeOf(secret, ahead = 0) {
  const bits = [...secret.replaceAll(' ', '')]
    .map((each) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const sum = createHmac('sha1', key).update(step).digest();
  const at = sum[sum.length - 1] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
