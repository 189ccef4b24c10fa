import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

// The entry files: every …Page.ts and …Page.css below src.
export async function globPages(pattern = /Page\.(ts|css)$/) {
  const names = await readdir('src', { recursive: true });
  return names.filter(name => pattern.test(name)).sort().map(name => join('src', name));
}
