import { mayMove } from '../Sea/motion';

/** Shows the newest masked names; new ones are animated, and removed ones disappear at once. */
export function showNames(list: HTMLElement | null, names: string[]) {
  if (!list) return;
  const before = [...list.children].map(item => item.textContent);
  if (before.join('\n') === names.join('\n')) return;
  list.replaceChildren(...names.map(name => {
    const item = document.createElement('li');
    item.textContent = name;
    return item;
  }));
  if (!mayMove()) return;
  // The newest come first: those before the previous first name are new.
  const oldFirst = before.length > 0 ? names.indexOf(before[0]!) : -1;
  for (const item of [...list.children].slice(0, oldFirst < 0 ? names.length : oldFirst))
    item.animate([{ transform: 'scale(.6)', opacity: 0 }, { transform: 'none', opacity: 1 }], { duration: 250, easing: 'ease-out' });
}
