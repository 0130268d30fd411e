import { expect, it } from 'vitest';
import { serviceOf } from '../model/service.ts';
import { clientProblem } from './client-problem.ts';

const problem = (data: Readonly<Record<string, unknown>>) =>
  clientProblem(
    serviceOf('web', { image: 'busybox', ...data }, { workingDirectory: '/', home: '/root', envFile: new Map() }),
  );

it.each(['64m', '64mb', '64M', '1.5g', '4096', 4096, '10 k'])('takes %s for a size', (size) => {
  expect(problem({ mem_limit: size })).toBeNull();
});

it.each([
  [{ mem_limit: 'lots' }, 'The specified value for memory (lots) should specify the units.'],
  [{ shm_size: '50MiB' }, 'The specified value for memory (50Mi) should specify the units.'],
  [{ deploy: { resources: { limits: { memory: '5x0m' } } } }, 'Failed converting the string value for memory (5x0) to'],
])('refuses %j', (data, words) => {
  expect(problem(data)).toMatchObject({
    message: expect.stringContaining(words),
    exception: 'docker.errors.DockerException',
  });
});

it('refuses published ports on the host’s network', () => {
  expect(problem({ network_mode: 'host', ports: ['80:80'] })?.exception).toBe('docker.errors.InvalidArgument');
});
