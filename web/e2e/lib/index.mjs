export { ApiError, api, apiAs, tokenOf } from './api.mjs';
export { launch, watch } from './browser.mjs';
export { check, finish, picture, total } from './check.mjs';
export { linkIn, mailTo, waitForMail } from './mail.mjs';
export { accounts, signIn } from './people.mjs';
export { prepare, program, repository, results, startServer, stopped } from './server.mjs';
