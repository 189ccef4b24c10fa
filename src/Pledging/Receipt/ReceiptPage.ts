import { dropArrived } from '../Phone/arrived';
import { followCertificate } from '../certificate';

dropArrived(location.pathname.split('/')[2]!);

const figure = document.querySelector<HTMLElement>('.certificate');
if (figure)
  followCertificate(figure);
