type Globals = typeof import('@jest/globals');

const live = <Name extends keyof Globals>(name: Name): Globals[Name] =>
  new Proxy(() => {}, {
    apply: (_target, _self, args) => Reflect.get(globalThis, name)(...args),
    get: (_target, key) => Reflect.get(Reflect.get(globalThis, name), key),
  }) as unknown as Globals[Name];

export const jest = live('jest');
export const expect = live('expect');
export const test = live('test');
export const describe = live('describe');
export const beforeAll = live('beforeAll');
export const beforeEach = live('beforeEach');
export const afterAll = live('afterAll');
export const afterEach = live('afterEach');
