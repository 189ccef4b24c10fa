import { removeArrived } from '../Phone/arrived';
import { loadCertificate } from '../certificate';

removeArrived(location.pathname.split('/')[2]!);

const figure = document.querySelector<HTMLElement>('.certificate');
if (figure)
  loadCertificate(figure);

// What a form was refused is shown under the form's own address: Back to it, or a reload, does not send it again.
if (document.querySelector('.form-errors'))
  history.replaceState(history.state, '', location.href);
