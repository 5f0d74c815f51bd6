package issuer

// BodyID is the issuer_id of the department of a division (12 digits) that bears a name, given without its place:
// 农业局. It is false where that is no name of a department.
func BodyID(division, name string) (string, bool) {
	t, ok := classify(normalize(name), false, false, false)
	if !ok || t.kind != Department {
		return "", false
	}
	return division + "-" + hash(t.key, 4), true
}
