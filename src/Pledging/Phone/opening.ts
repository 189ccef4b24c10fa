/** Whether an event takes signatures at this moment, asked of the server at most once in ten seconds. */
export class Opening {
  private asked = 0;
  private closed: Promise<boolean> = Promise.resolve(false);

  constructor(private readonly code: string) {}

  /** No answer within two seconds counts as open: nobody is kept from signing by a slow line. */
  isClosed(): Promise<boolean> {
    if (Date.now() - this.asked > 10_000) {
      this.asked = Date.now();
      this.closed = this.ask().catch(() => {
        this.asked = 0;
        return false;
      });
    }
    return Promise.race([this.closed, new Promise<boolean>(resolve => setTimeout(resolve, 2000, false))]);
  }

  private async ask(): Promise<boolean> {
    const response = await fetch(`/api/events/${this.code}`);
    return (await response.json()).state === 'closed';
  }
}
