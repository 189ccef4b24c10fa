// Fills in the end from the start, until somebody changes it, and the campaign from the organization. Without a script the server fills in
// the end, and says where the campaign does not fit.

const newEvent = document.querySelector<HTMLFormElement>('form[data-usual-minutes]');
const field = <T extends Element>(name: string) => newEvent?.querySelector<T>(`[name="Form.${name}"]`) ?? null;

function updateEndFromStart(starts: HTMLInputElement, ends: HTMLInputElement, minutes: number): void {
  // Also where the form was sent and is shown again: an end that was filled in is not somebody's choice.
  let isDerived = ends.value === '' || ends.value === addMinutes(starts.value, minutes);
  ends.addEventListener('input', () => { isDerived = ends.value === ''; });
  starts.addEventListener('input', () => {
    if (isDerived)
      ends.value = addMinutes(starts.value, minutes);
  });
}

/** A local time as the field writes it, that many minutes later; empty where it is not complete. */
function addMinutes(local: string, minutes: number): string {
  const start = Date.parse(`${local}Z`); // as UTC, so that the browser's own zone does not matter
  return Number.isNaN(start) ? '' : new Date(start + minutes * 60_000).toISOString().slice(0, 16);
}

function updateCampaignFromOrganization(organization: HTMLSelectElement, campaign: HTMLSelectElement): void {
  organization.addEventListener('change', () => {
    const newest = campaign.querySelector<HTMLOptionElement>(`[data-organization="${organization.value}"] option`);
    campaign.value = newest?.value ?? '';
  });
}

const [starts, ends] = [field<HTMLInputElement>('StartsAt'), field<HTMLInputElement>('EndsAt')];
if (newEvent && starts && ends)
  updateEndFromStart(starts, ends, Number(newEvent.dataset.usualMinutes));
const [organization, campaign] = [field<HTMLSelectElement>('OrganizationId'), field<HTMLSelectElement>('CampaignId')];
if (organization && campaign)
  updateCampaignFromOrganization(organization, campaign);
