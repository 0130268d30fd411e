/** The parts of the lab that the worker loads after the first prompt: a chunk of its own. */
export { WHOLE as PARTS } from '../../lab/whole.ts';
