const pollInterval = 2500; // ms; with the jitter, several hundred phones ask and then reload spread over a second
const requestTimeout = 8000; // ms

/** Polls until signing opens, then reloads the page. */
export function awaitOpening(code: string): void {
  const poll = async () => {
    if (document.visibilityState === 'visible' && await isOpen(code))
      location.reload();
  };
  const schedulePoll = () => setTimeout(() => poll().then(schedulePoll), pollInterval + Math.random() * 1000);
  schedulePoll();
  // A page that becomes visible again polls at once.
  document.addEventListener('visibilitychange', poll);
}

/** False without an answer in time: the next poll asks again. */
async function isOpen(code: string): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), requestTimeout);
  try {
    const answer = await fetch(`/api/events/${code}`, { cache: 'no-cache', signal: controller.signal });
    return answer.ok && (await answer.json()).state !== 'draft';
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
