import { describe, expect, test } from 'vitest';
import { folderWith, peakless, start } from './peakless.ts';

describe('serve', () => {
  test('serves on this machine only, says where, and ends well on Ctrl-C', async () => {
    const running = start(['serve', '--port', '0'], folderWith());
    await running.says(/http:\/\/127\.0\.0\.1:\d+/);
    const url = /http:\/\/127\.0\.0\.1:\d+/;
    let said = '';
    running.child.stdout?.on('data', (text) => {
      said += text;
    });
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect(stdout + said).toMatch(url);
    expect(stderr).toContain('Stopped.');
    expect(code).toBe(0);
  });

  test('names a port that is taken', async () => {
    const first = start(['serve', '--port', '0'], folderWith());
    await first.says(/http:\/\/127\.0\.0\.1:\d+/);
    first.child.kill('SIGINT');
    const port = /127\.0\.0\.1:(\d+)/.exec((await first.finished).stdout)?.[1] ?? '';
    const holder = start(['serve', '--port', port], folderWith());
    await holder.says(`127.0.0.1:${port}`);
    const second = await peakless(['serve', '--port', port]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('E_PORT: the port is taken');
    holder.child.kill('SIGINT');
    await holder.finished;
  });
});
