import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

// The entry files: every …Page.ts and …Page.css below src, the …Later.ts and .css that a page fetches once it stands, and the …Worker.ts
// of service workers.
export async function globPages(pattern = /((Page|Later)\.(ts|css)|Worker\.ts)$/) {
  const names = await readdir('src', { recursive: true });
  return names.filter(name => pattern.test(name)).sort().map(name => join('src', name));
}
