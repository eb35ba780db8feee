//! The country calling codes of the world, with what follows them.

/// A line for each code; the file's head has the columns and the source.
const PLAN: &str = include_str!("plan.txt");

/// A country calling code, or one of a network without a country.
pub(super) struct Country {
    pub(super) code: &'static str,
    /// What is dialled before a number within the country, and not from outside; empty where nothing is.
    pub(super) trunk: &'static str,
    fewest: usize,
    most: usize,
    dear: &'static str,
}

impl Country {
    /// The country whose code `digits` begin with. No code is the beginning of another.
    pub(super) fn of(digits: &str) -> Option<Self> {
        lines().find(|line| line.split(';').next().is_some_and(|code| digits.starts_with(code))).and_then(Self::read)
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(';');
        let (code, trunk, (fewest, most)) = (cells.next()?, cells.next()?, cells.next()?.split_once('-')?);
        let (fewest, most) = (fewest.parse().ok()?, most.parse().ok()?);
        Some(Self { code, trunk, fewest, most, dear: cells.next().unwrap_or_default() })
    }

    /// The digits after the code as they are dialled from outside, if numbers have as many there.
    pub(super) fn dialled<'a>(&self, local: &'a str) -> Option<&'a str> {
        let fits = |local: &&str| (self.fewest..=self.most).contains(&local.len());
        let without = |prefix: &str| local.strip_prefix(prefix).filter(|_| !prefix.is_empty());
        match self.trunk {
            // No number from outside begins with one of these there.
            "0" | "1" if local.starts_with(self.trunk) => without(self.trunk).filter(fits),
            // Where a number may begin like the prefix, as in Italy and Russia, its length tells.
            _ => Some(local).filter(fits).or_else(|| without(self.trunk).or_else(|| without("0")).filter(fits)),
        }
    }

    /// Whether a call to the digits after the code costs more than one to others there.
    pub(super) fn is_dear(&self, local: &str) -> bool {
        self.dear.split(' ').any(|begin| begin == "*" || !begin.is_empty() && local.starts_with(begin))
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    PLAN.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_plan_is_read_and_no_code_begins_like_another() {
        let all: Vec<Country> = lines().map(|line| Country::read(line).unwrap()).collect();
        assert!(all.len() > 200);
        for country in &all {
            let alike = all.iter().filter(|other| other.code.starts_with(country.code)).count();
            assert_eq!(alike, 1, "{}", country.code);
            assert!(country.fewest <= country.most && country.code.len() + country.most <= 15, "{}", country.code);
        }
    }
}
