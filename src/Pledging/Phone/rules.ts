// The rules on children's data open below their links, where consent is asked for and above the form, and close again, also by the phone's
// Back, for which they have a history entry of their own; without a network the link is followed.

interface RulesState { rules?: number }

export function initInlineRules(): void {
  if ((history.state as RulesState | null)?.rules !== undefined)
    history.replaceState(null, ''); // after a reload, which shows none
  document.querySelectorAll<HTMLAnchorElement>('.rules-link a, .before p a').forEach(initLink);
}

function initLink(link: HTMLAnchorElement, index: number): void {
  let rules: Promise<HTMLElement | null> | undefined;
  let opened: HTMLElement | null = null;
  const isInHistory = () => (history.state as RulesState | null)?.rules === index;
  const show = () => {
    if (!opened || opened.hidden !== isInHistory())
      return;
    opened.hidden = !isInHistory();
    link.setAttribute('aria-expanded', String(!opened.hidden));
    if (opened.hidden && link.offsetParent)
      link.focus();
  };
  link.setAttribute('aria-expanded', 'false');
  addEventListener('popstate', show);
  link.addEventListener('click', async event => {
    event.preventDefault();
    if (isInHistory())
      return history.back();
    opened = await (rules ??= fetchRules(link)); // tapped twice, they are fetched once
    if (!opened) {
      rules = undefined;
      location.href = link.href;
    } else if (!isInHistory()) {
      history.pushState({ rules: index }, '');
      show();
    }
  });
}

async function fetchRules(link: HTMLAnchorElement): Promise<HTMLElement | null> {
  const rules = await fetch(link.href).then(response => response.ok ? response.text() : Promise.reject())
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
  close.addEventListener('click', () => link.click());
  return close;
}
