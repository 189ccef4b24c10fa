import { dropArrived } from '../Phone/arrived';
import { followCertificate } from '../certificate';

dropArrived(location.pathname.split('/')[2]!);

const figure = document.querySelector<HTMLElement>('.certificate');
if (figure)
  followCertificate(figure);

// What a form was refused is shown under the form's own address: Back to it, or loading it again, sends nothing anew.
if (document.querySelector('.form-errors'))
  history.replaceState(history.state, '', location.href);
