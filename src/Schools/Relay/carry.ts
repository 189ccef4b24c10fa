// What cannot be sent from this device leaves it as one encrypted file and is read in where there is a network, by the same class link.
import type { Queue, Waiting } from './queue';

/** @param read Takes what a file brings. */
export function offerFile(queue: Queue, words: DOMStringMap, read: (them: Waiting[]) => Promise<void>): () => void {
  const save = document.getElementById('save-file') as HTMLButtonElement;
  const input = document.getElementById('read-file') as HTMLInputElement;
  const told = document.getElementById('file-told')!;

  save.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([queue.pack() as BlobPart], { type: 'application/octet-stream' }));
    link.download = `${words.event}-${words.class}-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}.relay`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    told.textContent = words.fileSaved!;
  });

  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (!file)
      return;
    const them = queue.unpack(new Uint8Array(await file.arrayBuffer()));
    input.value = '';
    const own = them?.filter(it => it.event === words.event) ?? [];
    if (own.length === 0) {
      told.textContent = them ? words.fileOther! : words.fileWrong!;
      return;
    }
    await read(own);
    told.textContent = words.fileRead!.replace('{0}', String(own.length));
  });

  return () => save.hidden = queue.all.length === 0;
}
