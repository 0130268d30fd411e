declare const brand: unique symbol;

/** A type that the compiler keeps apart from its plain representation: `Brand<number, 'Port'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
