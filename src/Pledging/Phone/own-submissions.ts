// Whose a stored request is: those that were submitted in this tab, and not left for somebody else to sign, are of the people who hold the
// phone. Of any other, names and the receipt are shown only to whoever says that it is theirs.

const prefix = 'submitted:';

export function isOwn(key: string, getStorage: () => Storage = () => sessionStorage): boolean {
  try {
    return getStorage().getItem(prefix + key) !== null;
  } catch {
    return false;
  }
}

export function setOwn(key: string, isOwn: boolean, getStorage: () => Storage = () => sessionStorage): void {
  try {
    if (isOwn)
      getStorage().setItem(prefix + key, '1');
    else
      getStorage().removeItem(prefix + key);
  } catch {
    // forbidden, or full: it is asked whose it is
  }
}
