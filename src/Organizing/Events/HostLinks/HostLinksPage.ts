// Copies the address of the link that was just made. Without a script, and where the browser refuses, it can be selected: one press
// marks all of it.

const copyButton = document.querySelector<HTMLButtonElement>('#copy-host-link');
const linkAddress = document.querySelector<HTMLElement>('#host-link-address');
if (copyButton && linkAddress) {
  copyButton.hidden = false;
  copyButton.addEventListener('click', () => void copyAddress(copyButton, linkAddress));
}

async function copyAddress(pressed: HTMLButtonElement, shown: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(shown.textContent ?? '');
  } catch {
    // Over plain HTTP there is no clipboard: the browser copies what is marked.
    getSelection()?.selectAllChildren(shown);
    if (!document.execCommand('copy'))
      return;
  }
  pressed.textContent = pressed.dataset.copied!;
}
