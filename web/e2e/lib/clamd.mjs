import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The harmless file every scanner knows, put together here so that no scanner stumbles over the source. */
export const eicar = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$',
  'EICAR',
  '-STANDARD-',
  'ANTIVIRUS',
  '-TEST-',
  'FILE!',
  '$H+H*',
].join('');

/**
 * Starts Debian's clamd with one signature, that of `eicar` anywhere in a file.
 *
 * @returns {Promise<{ socket: string, pause: () => void, resume: () => void, stop: () => Promise<void> }>}
 *   pause keeps it from answering, as a scanner under load does
 */
export async function startClamd() {
  const program = ['/usr/sbin/clamd', '/usr/bin/clamd', '/usr/local/sbin/clamd'].find(existsSync);
  if (!program) throw new Error('clamd is needed: apt-get install clamav-daemon');
  const folder = mkdtempSync(join(tmpdir(), 'ft-clamd-'));
  const socket = join(folder, 's');
  const signatures = join(folder, 'db');
  mkdirSync(signatures);
  // Name:any type:anywhere:bytes
  writeFileSync(join(signatures, 'test.ndb'), `Eicar-Test:0:*:${Buffer.from(eicar).toString('hex')}\n`);
  const settings = [
    'Foreground yes',
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${signatures}`,
    `TemporaryDirectory ${folder}`,
    'SelfCheck 0',
  ];
  writeFileSync(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  const child = spawn(program, [`--config-file=${join(folder, 'clamd.conf')}`], { stdio: 'ignore' });
  const end = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill); // the last resort when a run ends without stopping it
  const stop = async () => {
    kill();
    await end;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 20_000; !(await answers(socket)); ) {
    if (Date.now() > until) {
      await stop();
      throw new Error('clamd does not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { socket, pause: () => child.kill('SIGSTOP'), resume: () => child.kill('SIGCONT'), stop };
}

function answers(socket) {
  return new Promise((resolve) => {
    const line = connect(socket, () => line.write('zPING\0'));
    line.once('data', (data) => {
      resolve(data.toString() === 'PONG\0');
      line.destroy();
    });
    line.once('error', () => resolve(false));
  });
}
