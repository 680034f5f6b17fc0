/**
 * What `Fn::Cidr` gives: the first `count` blocks of 2^`bits` addresses.
 * @returns undefined for what is no block of IPv4 addresses
 */
export function subnets(block: string, count: number, bits: number): string[] | undefined {
  const [address = '', prefix] = block.split('/');
  const bytes = address.split('.').map(Number);
  if (
    bytes.length !== 4 ||
    prefix === undefined ||
    bytes.some((byte) => !(byte >= 0 && byte < 256))
  )
    return undefined;
  const start = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * 2 ** bits;
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256);
    return `${parts.join('.')}/${32 - bits}`;
  });
}
