import { declareProgram, wordOptions } from './libc/command-line.ts';

/** iptables: the command line goes to the kernel's tables as it is (nf_tables backend, v1.8). */
export const iptables = declareProgram(
  {
    options: wordOptions([
      '-t=',
      '-A=',
      '-C=',
      '-D=',
      '-I=',
      '-R=',
      '-L',
      '-S',
      '-F',
      '-Z',
      '-N=',
      '-X',
      '-P=',
      '-E=',
      '-n',
      '-v',
      '-x',
      '--line-numbers',
      '-w',
      '-V',
      '-s=',
      '-d=',
      '-p=',
      '-i=',
      '-o=',
      '-j=',
      '-m=',
      '--dport=',
      '--sport=',
    ]),
  },
  function* (proc) {
    if (proc.uid !== 0) {
      yield* proc.write(
        2,
        'iptables v1.8.13 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n',
      );
      return 4;
    }
    const { exit, out, error } = proc.net.iptables(proc.argv.slice(1));
    if (out !== '') yield* proc.write(1, out);
    if (error !== '') yield* proc.write(2, error);
    return exit;
  },
);

export const iptablesSave = declareProgram({ options: wordOptions(['-c']) }, function* (proc) {
  const counters = proc.argv.includes('-c');
  yield* proc.write(1, proc.net.iptablesSave({ counters }));
  return 0;
});
