/** IFNAMSIZ, without the zero at its end. */
export const NAME_LIMIT = 15;

/** Whether a name can be a device's (dev_valid_name). */
export function isDeviceName(name: string): boolean {
  return name !== '' && name.length <= NAME_LIMIT && name !== '.' && name !== '..' && !/[\s/:]/.test(name);
}
