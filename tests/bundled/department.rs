//! What every county department must satisfy.

use crate::Example;

pub(crate) const EXAMPLES: &[Example] = &[
    (
        "income.appropriation_fits",
        r#""income": {"total": "435.78", "appropriation": "435.78"}"#,
        r#""income": {"total": "435.78", "appropriation": "436.78"}"#,
    ),
    (
        "income.allocation_change",
        r#""income": {"total": {"value": "435.78", "delta": "61.64"}, "appropriation": "435.78", "allocation": {"value": null, "delta": "61.64"}}"#,
        r#""income": {"total": {"value": "435.78", "delta": "61.64"}, "appropriation": "435.78", "allocation": {"value": null, "delta": "61.46"}}"#,
    ),
    (
        "income.allocation_fits",
        r#""income": {"appropriation": "435.78", "allocation": "400"}"#,
        r#""income": {"appropriation": "435.78", "allocation": "453.78"}"#,
    ),
    (
        "government_funds.fits",
        r#""government_funds": {"total": "0"}, "expenditure": {"total": "435.78"}"#,
        r#""government_funds": {"total": "500"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "expenditure.basic_and_project",
        r#""expenditure": {"total": "435.78", "basic": "217.38", "project": "218.4"}"#,
        r#""expenditure": {"total": "435.78", "basic": "217.83", "project": "218.4"}"#,
    ),
    (
        "expenditure.change_split",
        r#""expenditure": {"total": {"value": "435.78", "delta": "61.64"}, "basic": {"value": "217.38", "delta": "23.24"},
           "project": {"value": "218.4", "delta": "38.4"}}"#,
        r#""expenditure": {"total": {"value": "435.78", "delta": "61.64"}, "basic": {"value": "217.38", "delta": "23.24"},
           "project": {"value": "218.4", "delta": "-38.4"}}"#,
    ),
    (
        "expenditure.public_services_fit",
        r#""expenditure": {"total": "435.78", "public_services": "435.78"}"#,
        r#""expenditure": {"total": "435.78", "public_services": "4357.8"}"#,
    ),
    (
        "total_balance",
        r#""income": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""income": {"total": "435.78"}, "expenditure": {"total": "435.87"}"#,
    ),
    (
        "grand_balance",
        r#""income": {"grand_total": "455.78"}, "expenditure": {"grand_total": "455.78", "basic": "217.38"}"#,
        r#""income": {"grand_total": "455.78"}, "expenditure": {"grand_total": "455.87", "basic": "217.38"}"#,
    ),
    (
        "change_balance",
        r#""income": {"total": {"value": null, "delta": "61.64"}}, "expenditure": {"total": {"value": null, "delta": "61.64"}}"#,
        r#""income": {"total": {"value": null, "delta": "61.64"}}, "expenditure": {"total": {"value": null, "delta": "-61.64"}}"#,
    ),
    (
        "funding",
        r#""income": {"total": "435.78", "appropriation": "435.78"}, "general_budget": {"total": "400.78"},
           "government_funds": {"total": "35"}"#,
        r#""income": {"total": "435.78", "appropriation": "435.78"}, "general_budget": {"total": "435.78"},
           "government_funds": {"total": "35"}"#,
    ),
    (
        "functions_fit",
        r#""functions": {"public_services": "410.78", "housing": "25"}, "general_budget": {"expenditure": "435.78"}"#,
        r#""functions": {"public_services": "435.78", "housing": "25"}, "general_budget": {"expenditure": "435.78"}"#,
    ),
    (
        "personnel_classes_fit",
        r#""economy": {"wages": "4800", "families": "84.09"}, "basic_expenditure": {"personnel": "4884.09"}"#,
        r#""economy": {"wages": "4884.09", "families": "84.09"}, "basic_expenditure": {"personnel": "4884.09"}"#,
    ),
    (
        "operating_classes_fit",
        r#""economy": {"goods": "171.07", "capital": "13.58"}, "basic_expenditure": {"operating": "184.65"}"#,
        r#""economy": {"goods": "171.07", "capital": "135.8"}, "basic_expenditure": {"operating": "184.65"}"#,
    ),
    (
        "running_cost.fits",
        r#""running_cost": {"total": "15.4"}, "expenditure": {"basic": "217.38"}"#,
        r#""running_cost": {"total": "154万元"}, "expenditure": {"basic": "21.738"}"#,
    ),
    (
        "three_public.items_add_up",
        r#""three_public": {"total": "8.6", "abroad": "0", "vehicles": "3.65", "reception": "4.95"}"#,
        r#""three_public": {"total": "8.16", "abroad": "0", "vehicles": "3.65", "reception": "4.95"}"#,
    ),
    (
        "three_public.domestic_fits",
        r#""three_public": {"reception": "4.95", "domestic": "4.95"}"#,
        r#""three_public": {"reception": "4.95", "domestic": "5.94"}"#,
    ),
    (
        "three_public.foreign_fits",
        r#""three_public": {"reception": "4.95", "foreign": "0"}"#,
        r#""three_public": {"reception": "4.95", "foreign": "5.94"}"#,
    ),
    (
        "three_public.beyond_fits",
        r#""three_public": {"reception": "295.70", "domestic": "290", "beyond": "5.70"}"#,
        r#""three_public": {"reception": "295.70", "domestic": "290", "beyond": "57.0"}"#,
    ),
    (
        "three_public.sole_item_is_all",
        r#""three_public": {"total": {"value": "0.29", "parts": {"公务接待费": "0.29"}}}"#,
        r#""three_public": {"total": {"value": "0.92", "parts": {"公务接待费": "0.29"}}}"#,
    ),
    (
        "three_public.vehicles_split",
        r#""three_public": {"vehicles": "3.65", "purchase": "0", "operation": "3.65"}"#,
        r#""three_public": {"vehicles": "3.65", "purchase": "18", "operation": "3.65"}"#,
    ),
    (
        "three_public.fits",
        r#""three_public": {"total": "0.29"}, "expenditure": {"total": "435.78"}"#,
        r#""three_public": {"total": "2900"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "reception_fits",
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.92"}"#,
        r#""running_cost": {"reception": "0.92"}, "three_public": {"reception": "0.29"}"#,
    ),
    (
        "reception_agrees",
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.29"}"#,
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.92"}"#,
    ),
    (
        "meetings.people_stated",
        r#""meetings": {"total": "0.42", "people": "48"}"#,
        r#""meetings": {"total": "0.42", "people": "0"}"#,
    ),
    (
        "training.people_stated",
        r#""training": {"total": "1.96", "people": "98人"}"#,
        r#""training": {"total": "1.96", "people": "0人"}"#,
    ),
    (
        "meetings_fit",
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.42"}"#,
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.24"}"#,
    ),
    (
        "meetings_agree",
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.42"}"#,
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.45"}"#,
    ),
    (
        "training_fit",
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.96"}"#,
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.69"}"#,
    ),
    (
        "training_agree",
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.96"}"#,
        r#""running_cost": {"training": "1.96"}, "training": {"total": "2.96"}"#,
    ),
    (
        "fixed_assets.classes_add_up",
        r#""fixed_assets": {"total": "155.22", "vehicles": "54.08", "buildings": "42.8", "other": "58.34"}"#,
        r#""fixed_assets": {"total": "155.17", "vehicles": "54.08", "buildings": "42.8", "other": "58.34"}"#,
    ),
    (
        "performance.split",
        r#""performance": {"total": "435.78", "basic": "217.38", "project": "218.4"}"#,
        r#""performance": {"total": "435.78", "basic": "217.38", "project": "218.6"}"#,
    ),
    (
        "performance.fits",
        r#""performance": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""performance": {"total": "435.87"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "performance.covers_all",
        r#""performance": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""performance": {"total": "218.4"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "performance.basic_agrees",
        r#""performance": {"total": "435.78", "basic": "217.38"}, "expenditure": {"total": "435.78", "basic": "217.38"}"#,
        r#""performance": {"total": "435.78", "basic": "217.38"}, "expenditure": {"total": "435.78", "basic": "218.4"}"#,
    ),
    (
        "performance.project_agrees",
        r#""performance": {"total": "435.78", "project": "218.4"}, "expenditure": {"total": "435.78", "project": "218.4"}"#,
        r#""performance": {"total": "435.78", "project": "218.4"}, "expenditure": {"total": "435.78", "project": "217.38"}"#,
    ),
    (
        "staffing.offices_staffed",
        r#""staffing": {"administrative": "19个", "support": "1个", "offices": "8个"}"#,
        r#""staffing": {"administrative": "7个", "offices": "8个"}"#,
    ),
    (
        "procurement.kinds_add_up",
        r#""procurement": {"total": "12.5", "goods": "10", "works": "0", "services": "2.5"}"#,
        r#""procurement": {"total": "12.5", "goods": "10", "works": "0", "services": "5.2"}"#,
    ),
    (
        "procurement.fits",
        r#""procurement": {"total": "0"}, "expenditure": {"total": "435.78"}"#,
        r#""procurement": {"total": "500"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "change",
        r#""three_public": {"total": {"value": "0.29", "delta": "-7.51", "prior": "7.8"}}"#,
        r#""three_public": {"total": {"value": "0.29", "delta": "7.51", "prior": "7.8"}}"#,
    ),
    (
        "change_rate",
        r#""running_cost": {"total": {"value": "10", "delta": "-10", "rate": "-50%"}}"#,
        r#""running_cost": {"total": {"value": "10", "delta": "-10", "rate": "-100%"}}"#,
    ),
    (
        "change_rate_of_years",
        r#""running_cost": {"total": {"value": "10", "prior": "20", "rate": "-50%"}}"#,
        r#""running_cost": {"total": {"value": "10", "prior": "20", "rate": "-100%"}}"#,
    ),
    (
        "parts_fit",
        r#""running_cost": {"total": {"value": "15.4", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
        r#""running_cost": {"total": {"value": "15.4", "parts": {"办公费": "5.5", "印刷费": "25.3"}}}"#,
    ),
    (
        "parts_add_up",
        r#""running_cost": {"total": {"value": "3.08", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
        r#""running_cost": {"total": {"value": "3.18", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
    ),
    (
        "income.grand_total_split",
        r#""income": {"current": "9746.50", "carried_over": "112.88", "grand_total": "9859.38"}"#,
        r#""income": {"current": "9746.50", "carried_over": "112.88", "surplus_used": "10", "grand_total": "9859.38"}"#,
    ),
    (
        "income.current_fits",
        r#""income": {"current": "9746.50", "grand_total": "9859.38"}"#,
        r#""income": {"current": "9859.38", "grand_total": "9746.50"}"#,
    ),
    (
        "income.kinds_fit",
        r#""income": {"appropriation": "400", "other": "35.78", "current": "435.78"}"#,
        r#""income": {"appropriation": "435.78", "other": "35.78", "current": "435.78"}"#,
    ),
    (
        "expenditure.current_split",
        r#""expenditure": {"basic": "217.38", "project": "218.4", "to_units": "10", "current": "445.78"}"#,
        r#""expenditure": {"basic": "217.38", "project": "218.4", "operations": "10", "current": "435.78"}"#,
    ),
    (
        "expenditure.grand_total_split",
        r#""expenditure": {"current": "9759.38", "carried_forward": "100", "grand_total": "9859.38"}"#,
        r#""expenditure": {"current": "9759.38", "carried_forward": "10", "grand_total": "9859.38"}"#,
    ),
    (
        "expenditure.current_fits",
        r#""expenditure": {"current": "9759.38", "grand_total": "9859.38"}"#,
        r#""expenditure": {"current": "97593.8", "grand_total": "9859.38"}"#,
    ),
    (
        "general_budget.expenditure_fits",
        r#""general_budget": {"expenditure": "400"}, "expenditure": {"current": "435.78"}"#,
        r#""general_budget": {"expenditure": "4000"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "government_funds.carried",
        r#""government_funds": {"opening": "5", "income": "100", "total": "95", "closing": "10"}"#,
        r#""government_funds": {"income": "100", "total": "95", "closing": "10"}"#,
    ),
    (
        "state_capital.fits",
        r#""state_capital": {"total": "35"}, "expenditure": {"total": "435.78"}"#,
        r#""state_capital": {"total": "453.78"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "state_capital.carried",
        r#""state_capital": {"income": "100", "total": "95", "closing": "5"}"#,
        r#""state_capital": {"opening": "5", "income": "100", "total": "95", "closing": "5"}"#,
    ),
    (
        "appropriation.balance",
        r#""appropriation": {"opening": "21.63", "grand_total": "2961.68", "spending": "2961.68"}"#,
        r#""appropriation": {"closing": "21.63", "grand_total": "2961.68", "spending": "2940.05"}"#,
    ),
    (
        "appropriation.fits",
        r#""appropriation": {"balanced": "2961.68"}, "income": {"grand_total": "2961.68"}"#,
        r#""appropriation": {"grand_total": "2961.68"}, "income": {"grand_total": "2916.68"}"#,
    ),
    (
        "basic_expenditure.split",
        r#""basic_expenditure": {"total": "5364.75", "personnel": "4884.09", "operating": "480.66"}"#,
        r#""basic_expenditure": {"total": "5364.75", "personnel": "4896.98", "operating": "480.66"}"#,
    ),
    (
        "basic_expenditure.fits",
        r#""basic_expenditure": {"personnel": "4884.09", "operating": "480.66"}, "expenditure": {"basic": "5377.64"}"#,
        r#""basic_expenditure": {"personnel": "4996.98", "operating": "480.66"}, "expenditure": {"basic": "5377.64"}"#,
    ),
    (
        "basic_expenditure.whole",
        r#""income": {"total": "300", "appropriation": "300"}, "expenditure": {"basic": "217.38"},
           "basic_expenditure": {"personnel": "190.38", "operating": "27"}"#,
        r#""income": {"total": "300", "appropriation": "300"}, "expenditure": {"basic": "217.38"},
           "basic_expenditure": {"personnel": "190.38", "operating": "26"}"#,
    ),
    (
        "running_cost.operating_fits",
        r#""running_cost": {"total": "142.80"}, "basic_expenditure": {"operating": "480.66"}"#,
        r#""running_cost": {"total": "142.80"}, "basic_expenditure": {"operating": "48.66"}"#,
    ),
    (
        "three_public.within_budget",
        r#""three_public": {"total": {"value": "8.59", "actual": "8.59", "budget": "10"}}"#,
        r#""three_public": {"total": {"value": "8.59", "actual": "8.59", "budget": "8.5"}}"#,
    ),
    (
        "three_public.abroad_counted",
        r#""three_public": {"abroad": "3", "abroad_groups": "1个", "abroad_people": "2人"}"#,
        r#""three_public": {"abroad": "3", "abroad_groups": "1个", "abroad_people": "0人"}"#,
    ),
    (
        "three_public.purchase_counted",
        r#""three_public": {"purchase": "18", "vehicles_bought": "1辆"}"#,
        r#""three_public": {"purchase": "18", "vehicles_bought": "0辆"}"#,
    ),
    (
        "three_public.kept_counted",
        r#""three_public": {"operation": "3.65", "vehicles_kept": "2辆"}"#,
        r#""three_public": {"operation": "3.65", "vehicles_kept": "0辆"}"#,
    ),
    (
        "three_public.reception_counted",
        r#""three_public": {"reception": "4.95", "reception_batches": "124批次", "reception_people": "620人次"}"#,
        r#""three_public": {"reception": "4.95", "reception_batches": "0批次", "reception_people": "620人次"}"#,
    ),
    (
        "three_public.per_vehicle_is",
        r#""three_public": {"operation": "17.9", "vehicles_kept": "3辆", "per_vehicle": "5.97"}"#,
        r#""three_public": {"operation": "17.9", "vehicles_kept": "3辆", "per_vehicle": "5.97元"}"#,
    ),
    (
        "three_public.purchase_kept",
        r#""three_public": {"vehicles_bought": "1辆", "vehicles_kept": "2辆"}"#,
        r#""three_public": {"vehicles_bought": "2辆", "vehicles_kept": "1辆"}"#,
    ),
    (
        "vehicles_fit",
        r#""running_cost": {"vehicles": "3"}, "three_public": {"operation": "3.65"}"#,
        r#""running_cost": {"vehicles": "36.5"}, "three_public": {"operation": "3.65"}"#,
    ),
    (
        "vehicles_held.kinds_add_up",
        r#""vehicles_held": {"total": "5辆", "emergency": "2辆", "duty": "2辆", "other": "1辆"}"#,
        r#""vehicles_held": {"total": "6辆", "emergency": "2辆", "duty": "2辆", "other": "1辆"}"#,
    ),
    (
        "procurement.small_fits",
        r#""procurement": {"total": "12.5", "to_small": "10"}"#,
        r#""procurement": {"total": "12.5", "to_small": "15"}"#,
    ),
    (
        "procurement.small_share",
        r#""procurement": {"total": "12.5", "to_small": {"value": "10", "share": "80%"}}"#,
        r#""procurement": {"total": "12.5", "to_small": {"value": "10", "share": "8%"}}"#,
    ),
    (
        "procurement.micro_fits",
        r#""procurement": {"to_small": "10", "to_micro": "8"}"#,
        r#""procurement": {"to_small": "8", "to_micro": "10"}"#,
    ),
    (
        "completed",
        r#""three_public": {"total": {"value": "9.61", "actual": "9.61", "budget": "10", "completion": "96.1%"}}"#,
        r#""three_public": {"total": {"value": "9.61", "actual": "9.61", "budget": "10", "completion": "69.1%"}}"#,
    ),
    (
        "budget_change",
        r#""three_public": {"total": {"value": "9.61", "actual": "9.61", "budget": "10", "delta": {"budget": "-0.39"}}}"#,
        r#""three_public": {"total": {"value": "9.61", "actual": "9.61", "budget": "10", "delta": {"budget": "0.39"}}}"#,
    ),
    (
        "part_changes_add_up",
        r#""running_cost": {"total": {"value": "3.08", "delta": "1", "parts": {
               "办公费": {"value": "0.55", "delta": "0.4"}, "印刷费": {"value": "2.53", "delta": "0.6"}}}}"#,
        r#""running_cost": {"total": {"value": "3.08", "delta": "1", "parts": {
               "办公费": {"value": "0.55", "delta": "0.4"}, "印刷费": {"value": "2.53", "delta": "-0.6"}}}}"#,
    ),
    (
        "parts_not_all_zero",
        r#""running_cost": {"total": {"value": "0", "parts": {"办公费": "0", "印刷费": "0", "水费": "0"}}}"#,
        r#""running_cost": {"total": {"value": "4.9", "parts": {"办公费": "0", "印刷费": "0", "水费": "0"}}}"#,
    ),
    (
        "changes_add_up",
        r#""running_cost": {"total": {"value": "3.08", "delta": "1", "parts": {
               "办公费": {"value": null, "delta": "0.4"}, "印刷费": {"value": null, "delta": "0.6"}}}}"#,
        r#""running_cost": {"total": {"value": "3.08", "delta": "1", "parts": {
               "办公费": {"value": null, "delta": "0.4"}, "印刷费": {"value": null, "delta": "0.55"}}}}"#,
    ),
    (
        "shares_add_up",
        r#""running_cost": {"total": {"value": "4", "parts": {
               "办公费": {"value": "1", "share": "25%"}, "印刷费": {"value": "3", "share": "75%"}}}}"#,
        r#""running_cost": {"total": {"value": "4", "parts": {
               "办公费": {"value": "1", "share": "25%"}, "印刷费": {"value": "3", "share": "57%"}}}}"#,
    ),
    (
        "largest_share",
        r#""running_cost": {"total": {"value": "4.00", "parts": {
               "办公费": {"value": "1.00", "share": "25%"}, "印刷费": {"value": "3.00", "share": "75%"}}}}"#,
        r#""running_cost": {"total": {"value": "4.00", "parts": {
               "办公费": {"value": "1.00", "share": "25%"}, "印刷费": {"value": "3.00", "share": "70%"}}}}"#,
    ),
];
