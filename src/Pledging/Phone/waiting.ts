const between = 2500; // ms; with the jitter, several hundred phones ask and then reload spread over a second
const patience = 8000; // ms

/** A page that was opened too early waits with its reader and comes again by itself when signing opens. */
export function awaitOpening(code: string): void {
  const look = async () => {
    if (document.visibilityState === 'visible' && await isOpen(code))
      location.reload();
  };
  const wait = () => setTimeout(() => look().then(wait), between + Math.random() * 1000);
  wait();
  // When the page becomes visible again, it asks at once.
  document.addEventListener('visibilitychange', look);
}

/** No answer, or none in time, is not open: the next question will tell. */
async function isOpen(code: string): Promise<boolean> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  try {
    const answer = await fetch(`/api/events/${code}`, { cache: 'no-cache', signal: limit.signal });
    return answer.ok && (await answer.json()).state !== 'draft';
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
