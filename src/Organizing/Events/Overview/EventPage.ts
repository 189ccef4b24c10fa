// Updates the counts on an event's page while people sign. Polls the desk, whose counts are exact for small classes too; a hidden page does
// not.

interface Tally {
  people: number;
  families: number;
  byRole: Record<string, number>;
  byClass: { classId: number; people: number; families: number }[];
}

const pollInterval = 3000;

function showCounts(tally: Tally) {
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

/** Opens the closed step that the fragment names. */
function openLinkedStep() {
  const step = document.getElementById(location.hash.slice(1));
  if (step instanceof HTMLDetailsElement) step.open = true;
}

async function poll(address: string) {
  if (document.hidden) return;
  try {
    const response = await fetch(address);
    if (response.ok) showCounts(await response.json() as Tally);
  } catch {
    // No network: the last counts stay until the next poll.
  }
}

openLinkedStep();
window.addEventListener('hashchange', openLinkedStep);
const address = document.querySelector<HTMLElement>('[data-tally]')?.dataset.tally;
if (address) {
  setInterval(() => void poll(address), pollInterval);
  document.addEventListener('visibilitychange', () => void poll(address));
}
