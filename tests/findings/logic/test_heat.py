from __future__ import annotations

from soi.findings.logic.heat import MOST_COLUMNS, Count, Tally, build

AREAS = {"defence": "Quân sự", "economy": "Kinh tế", "ideology": "Tư tưởng"}


def of(area: str, quarter: str, total: int = 1, still_open: int = 0) -> Count:
    return Count(area, quarter, Tally(total, still_open))


def test_what_comes_back_in_neighbouring_periods_is_marked() -> None:
    counts = [
        of("economy", "2019-Q1"),
        of("economy", "2020-Q4", 2, 1),
        of("economy", "2022-Q1"),
        of("ideology", "2019-Q3"),
        of("ideology", "2021-Q3"),
    ]
    picture = build(counts, by="year", areas=AREAS)
    assert picture.periods == ("2019", "2020", "2021", "2022")
    economy, ideology = picture.rows
    assert (economy.returns, economy.comes_back, ideology.returns, ideology.comes_back) == (2, True, 1, False)
    assert [cell.in_run for cell in economy.cells] == [True, True, False, False]
    assert [cell.total for cell in economy.cells] == [1, 2, 0, 1]
    assert economy.total == Tally(4, 1)
    assert picture.totals == (Tally(2), Tally(2, 1), Tally(1), Tally(1))
    assert picture.total == Tally(6, 1)
    assert "defence" not in [row.area for row in picture.rows]


def test_quarters_run_over_the_turn_of_the_year() -> None:
    picture = build([of("defence", "2020-Q4"), of("defence", "2021-Q1")], by="quarter", areas=AREAS)
    assert picture.labels == ("Quý IV/2020", "Quý I/2021")
    assert picture.rows[0].returns == 2


def test_a_stray_old_date_does_not_make_hundreds_of_columns() -> None:
    picture = build([of("defence", "1950-Q1", 3), of("defence", "2021-Q1")], by="quarter", areas=AREAS)
    assert len(picture.periods) == MOST_COLUMNS["quarter"]
    assert picture.periods[-1] == "2021-Q1"
    assert (picture.total.total, picture.left_out) == (1, 3)


def test_nothing_found_is_an_empty_picture() -> None:
    picture = build([], by="year", areas=AREAS)
    assert (picture.periods, picture.rows, picture.total) == ((), (), Tally())
