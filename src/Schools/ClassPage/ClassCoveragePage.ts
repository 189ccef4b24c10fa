// Copies the reminders. Without script, and on plain http where there is no clipboard, the text is selected by hand.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const text = document.getElementById(button.dataset.copy!) as HTMLTextAreaElement;
  button.hidden = false;
  button.addEventListener('click', () => {
    text.select();
    const told = () => { button.textContent = button.dataset.copied!; };
    if ('clipboard' in navigator)
      void navigator.clipboard.writeText(text.value).then(told);
    else if (document.execCommand('copy')) // plain http has no clipboard
      told();
  });
}
