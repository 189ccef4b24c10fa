// Updates the counts on an event's page while people sign. It asks the desk, whose counts are exact for small classes
// too; a page that nobody looks at does not ask.

interface Tally {
  people: number;
  families: number;
  byRole: Record<string, number>;
  byClass: { classId: number; people: number; families: number }[];
}

const pause = 3000;

function show(tally: Tally) {
  const counts: Record<string, number> = { people: tally.people, families: tally.families };
  for (const [role, people] of Object.entries(tally.byRole)) counts[role] = people;
  for (const group of tally.byClass) {
    counts[`people-${group.classId}`] = group.people;
    counts[`families-${group.classId}`] = group.families;
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-count]')) {
    const count = counts[element.dataset.count ?? ''];
    if (count !== undefined) element.textContent = String(count);
  }
  for (const sum of document.querySelectorAll<HTMLElement>('[data-sum]')) {
    const added = sum.closest('details')!.querySelectorAll(`[data-count^="${sum.dataset.sum}"]`);
    sum.textContent = String([...added].reduce((total, cell) => total + Number(cell.textContent), 0));
  }
}

/** A link that leads to a folded step opens it. */
function unfold() {
  const step = document.getElementById(location.hash.slice(1));
  if (step instanceof HTMLDetailsElement) step.open = true;
}

async function ask(address: string) {
  if (document.hidden) return;
  try {
    const answer = await fetch(address);
    if (answer.ok) show(await answer.json() as Tally);
  } catch {
    // No network: the last counts stay, and the next question may get through.
  }
}

unfold();
window.addEventListener('hashchange', unfold);
const address = document.querySelector<HTMLElement>('[data-tally]')?.dataset.tally;
if (address) {
  setInterval(() => void ask(address), pause);
  document.addEventListener('visibilitychange', () => void ask(address));
}
