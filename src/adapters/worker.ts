/** The Worker's entry. */

import { edge } from './http.ts'

export default edge()
