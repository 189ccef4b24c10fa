// What follows from a choice in the form, until somebody chooses otherwise: the end from the start, the campaign from the
// organization. Without this the server fills the end in, and says where the campaign does not fit.

const newEvent = document.querySelector<HTMLFormElement>('form[data-usual-minutes]');
const field = <T extends Element>(name: string) => newEvent?.querySelector<T>(`[name="Form.${name}"]`) ?? null;

function letEndFollow(starts: HTMLInputElement, ends: HTMLInputElement, minutes: number): void {
  // Also where the form comes back with an end that had followed: nobody has touched it.
  let followed = ends.value === '' || ends.value === later(starts.value, minutes);
  ends.addEventListener('input', () => { followed = ends.value === ''; });
  starts.addEventListener('input', () => {
    if (followed)
      ends.value = later(starts.value, minutes);
  });
}

/** A local time as the field writes it, that many minutes later; nothing where it is not complete. */
function later(local: string, minutes: number): string {
  const start = Date.parse(`${local}Z`); // as UTC, so that the browser's own zone does not matter
  return Number.isNaN(start) ? '' : new Date(start + minutes * 60_000).toISOString().slice(0, 16);
}

function letCampaignFollow(organization: HTMLSelectElement, campaign: HTMLSelectElement): void {
  organization.addEventListener('change', () => {
    const newest = campaign.querySelector<HTMLOptionElement>(`[data-organization="${organization.value}"] option`);
    campaign.value = newest?.value ?? '';
  });
}

const [starts, ends] = [field<HTMLInputElement>('StartsAt'), field<HTMLInputElement>('EndsAt')];
if (newEvent && starts && ends)
  letEndFollow(starts, ends, Number(newEvent.dataset.usualMinutes));
const [organization, campaign] = [field<HTMLSelectElement>('OrganizationId'), field<HTMLSelectElement>('CampaignId')];
if (organization && campaign)
  letCampaignFollow(organization, campaign);
