package calibrate

import "math"

// upper is the upper triangle of a square matrix, row after row; what lies below is not used. A
// library of linear algebra would be a thirtieth of the program for these few loops (ADR 0012).
type upper struct {
	n    int
	data []float64
}

func newUpper(n int) upper { return upper{n, make([]float64, n*n)} }

// from is the row from the diagonal on.
func (u upper) from(row int) []float64 { return u.data[row*u.n+row : (row+1)*u.n] }

// tile is how many rows are taken off the rest at once, so that the rest is written a quarter as often.
const tile = 4

// factorise turns a symmetric matrix S into U, S = U'U (Cholesky), in place. It reports whether S is
// positive definite.
func (u upper) factorise() bool {
	for first := 0; first < u.n; first += tile {
		last := min(first+tile, u.n)
		for k := first; k < last; k++ {
			row := u.from(k)
			if !(row[0] > 0) || math.IsInf(row[0], 1) {
				return false
			}
			pivot := math.Sqrt(row[0])
			row[0] = pivot
			for j := 1; j < len(row); j++ {
				row[j] /= pivot
			}
			for i := k + 1; i < last; i++ {
				takeOff(u.from(i), row[i-k:], row[i-k])
			}
		}
		for i := last; i < u.n; i++ { // only after a full tile
			at := func(k int) []float64 { return u.data[k*u.n+i : (k+1)*u.n] }
			takeOffTile(u.from(i), at(first), at(first+1), at(first+2), at(first+3))
		}
	}
	return true
}

// takeOff subtracts times × from.
func takeOff(to, from []float64, times float64) {
	from = from[:len(to)]
	for j := range to {
		to[j] -= times * from[j]
	}
}

// takeOffTile subtracts four rows, each times its first number.
func takeOffTile(to, a, b, c, d []float64) {
	n := len(to)
	a, b, c, d = a[:n], b[:n], c[:n], d[:n]
	p, q, r, s := a[0], b[0], c[0], d[0]
	for j := range to {
		to[j] -= p*a[j] + q*b[j] + r*c[j] + s*d[j]
	}
}

// solveTransposed solves U'x = b in place.
func (u upper) solveTransposed(x []float64) {
	for k := range x {
		row := u.from(k)
		x[k] /= row[0]
		takeOff(x[k+1:], row[1:], x[k])
	}
}

// solve solves Ux = b in place.
func (u upper) solve(x []float64) {
	for k := len(x) - 1; k >= 0; k-- {
		row := u.from(k)
		sum := x[k]
		for j, v := range row[1:] {
			sum -= v * x[k+1+j]
		}
		x[k] = sum / row[0]
	}
}

// solveMany solves UX = scale·B in place, where X has width columns, row after row.
func (u upper) solveMany(x []float64, width int, scale float64) {
	for k := u.n - 1; k >= 0; k-- {
		row, own := u.from(k), x[k*width:(k+1)*width]
		for j := range own {
			own[j] *= scale
		}
		i := 1
		for ; i+tile <= len(row); i += tile {
			at := func(d int) []float64 { return x[(k+i+d)*width : (k+i+d+1)*width][:len(own)] }
			a, b, c, d := at(0), at(1), at(2), at(3)
			p, q, r, s := row[i], row[i+1], row[i+2], row[i+3]
			for j := range own {
				own[j] -= p*a[j] + q*b[j] + r*c[j] + s*d[j]
			}
		}
		for ; i < len(row); i++ {
			takeOff(own, x[(k+i)*width:(k+i+1)*width], row[i])
		}
		for j := range own {
			own[j] /= row[0]
		}
	}
}

// inverse is the upper triangle of S⁻¹, where u is the factor of S.
func (u upper) inverse() upper {
	out, column := newUpper(u.n), make([]float64, u.n)
	for k := range u.n {
		clear(column)
		column[k] = 1
		for j := k; j < u.n; j++ { // what lies above k stays zero
			row := u.from(j)
			column[j] /= row[0]
			takeOff(column[j+1:], row[1:], column[j])
		}
		u.solve(column)
		for i := range k + 1 {
			out.data[i*u.n+k] = column[i]
		}
	}
	return out
}
