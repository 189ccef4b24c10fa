// The rules on children's data open below their link, where consent is asked for, and close again; without a network the link is followed.

export function initInlineRules(): void {
  const link = document.querySelector<HTMLAnchorElement>('.rules-link a');
  let rules: Promise<HTMLElement | null> | undefined;
  link?.setAttribute('aria-expanded', 'false');
  link?.addEventListener('click', async event => {
    event.preventDefault();
    const opened = await (rules ??= fetchRules(link)); // tapped twice, they are fetched once
    if (!opened) {
      rules = undefined;
      location.href = link.href;
      return;
    }
    opened.hidden = link.getAttribute('aria-expanded') === 'true';
    link.setAttribute('aria-expanded', String(!opened.hidden));
  });
}

async function fetchRules(link: HTMLAnchorElement): Promise<HTMLElement | null> {
  const rules = await fetch(link.href).then(response => response.text())
    .then(page => new DOMParser().parseFromString(page, 'text/html').querySelector<HTMLElement>('article.rules'), () => null);
  if (!rules)
    return null;
  rules.append(newCloseButton(link, rules.dataset.close ?? ''));
  rules.hidden = true;
  link.parentElement!.after(rules);
  return rules;
}

/** The rules are many screens long: a button at their end closes them and returns to the link. */
function newCloseButton(link: HTMLAnchorElement, text: string): HTMLElement {
  const close = document.createElement('button');
  [close.type, close.className, close.textContent] = ['button', 'button', text];
  close.addEventListener('click', () => {
    link.click();
    link.focus();
  });
  return close;
}
