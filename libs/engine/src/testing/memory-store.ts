import type { ObjectStore } from '../index.ts';

/** Objects in memory, by `bucket/key`. */
export function memoryStore(
  objects: { readonly [path: string]: string | Uint8Array } = {},
): ObjectStore & { text(bucket: string, key: string): string } {
  const held = new Map(
    Object.entries(objects).map(([path, body]): [string, Uint8Array] => [
      path,
      typeof body === 'string' ? new TextEncoder().encode(body) : body,
    ]),
  );
  return {
    text: (bucket, key) => new TextDecoder().decode(held.get(`${bucket}/${key}`)),
    async getObject(bucket, key) {
      return held.get(`${bucket}/${key}`);
    },
    async putObject(bucket, key, body) {
      held.set(`${bucket}/${key}`, body);
    },
    async listObjects(bucket, prefix) {
      return [...held]
        .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, body]) => ({
          key: path.slice(bucket.length + 1),
          size: body.length,
          lastModified: 1000,
          etag: '"e"',
        }));
    },
  };
}
