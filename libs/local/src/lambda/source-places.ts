/**
 * Leads the places that a stack names in a bundle back to its sources. Part of the handler's process:
 * it reads a source map when a place is first named, so that a handler that says nothing of places
 * loads as fast as on Lambda (`--enable-source-maps` reads every map at each cold start).
 */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Rewrites text: `/…/index.mjs:1:4711` becomes `apps/…/src/handlers/….ts:12:3`. */
export type NamePlaces = (text: string) => string;

/**
 * Names places in the sources of a function's code.
 * @param taskRoot absolute folder of the unpacked code
 */
export function sourcePlaces(taskRoot: string): NamePlaces {
  const root = taskRoot.endsWith('/') ? taskRoot : `${taskRoot}/`;
  const roots = [pathToFileURL(root).href, root].map(escape).join('|');
  const place = new RegExp(`(?:${roots})([^\\s():"'\\\\]+\\.[cm]?js):(\\d+):(\\d+)`, 'g');
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  return (text) => {
    // Most of what is logged names no place.
    if (!text.includes(root)) return text;
    return text.replaceAll(place, (whole, file: string, line: string, column: string) => {
      const map = mapOf(join(root, decodeURI(file)));
      // A stack counts from 1, a map from 0.
      const origin = map?.findEntry(Number(line) - 1, Number(column) - 1);
      if (origin === undefined || !('originalSource' in origin)) return whole;
      const source = origin.originalSource.replace(/^(?:\.\.?\/)+/, '');
      return `${source}:${origin.originalLine + 1}:${origin.originalColumn + 1}`;
    });
  };
}

/** The map that the file names in its last line, in a file of its own or inline. */
function readMap(file: string): SourceMap | undefined {
  try {
    const url = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8'))?.[1];
    if (url === undefined) return undefined;
    const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1];
    const path = url.startsWith('file:') ? fileURLToPath(url) : join(dirname(file), url);
    if (inline === undefined && !existsSync(path)) return undefined;
    const text =
      inline === undefined ? readFileSync(path, 'utf8') : Buffer.from(inline, 'base64').toString();
    return new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    // A map that cannot be read costs nothing but the places.
    return undefined;
  }
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
