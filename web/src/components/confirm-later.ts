/** The dialog that asks, for `Later`: a page that is long already is drawn before it is fetched. */
export const confirmDialog = () =>
  import('./ConfirmDialog').then((found) => ({ default: found.ConfirmDialog }));
