// What cannot be sent from this device is saved as an encrypted file, and read on another device by the same class link.
import type { Queue, QueueEntry } from './queue';

/** @param onRead Called with the entries of a file. */
export function initFileTransfer(queue: Queue, words: DOMStringMap, onRead: (entries: QueueEntry[]) => Promise<void>): () => void {
  const save = document.getElementById('save-file') as HTMLButtonElement;
  const input = document.getElementById('read-file') as HTMLInputElement;
  const message = document.getElementById('file-told')!;

  save.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([queue.pack() as BlobPart], { type: 'application/octet-stream' }));
    link.download = `${words.event}-${words.class}-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}.relay`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    message.textContent = words.fileSaved!;
  });

  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (!file)
      return;
    const entries = queue.unpack(new Uint8Array(await file.arrayBuffer()));
    input.value = '';
    const own = entries?.filter(it => it.event === words.event) ?? [];
    if (own.length === 0) {
      message.textContent = entries ? words.fileOther! : words.fileWrong!;
      return;
    }
    await onRead(own);
    message.textContent = words.fileRead!.replace('{0}', String(own.length));
  });

  return () => save.hidden = queue.all.length === 0;
}
