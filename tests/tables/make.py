#!/usr/bin/env python3
"""Writes the fixtures beside it: each table as text, CSV, XLSX, XLS and a page. Needs XlsxWriter and xlwt.

The fixtures are committed; run this only to change them. What a cell prints is said once, here, as text; its number and
its format are what a workbook keeps instead."""

import datetime
import html
import pathlib

import xlsxwriter
import xlwt

HERE = pathlib.Path(__file__).parent
GROUPED = "#,##0.00"
PLACES = "0.00"
RATE = "0.00%"


def money(text):
    return (text, float(text.replace(",", "")), GROUPED if "," in text else PLACES)


def rate(text):
    return (text, round(float(text.rstrip("%")) / 100, 6), RATE)


# name: sheet name, lines above, rows, lines below. A cell is a text, (text, number, format), or ("merge", text, rows,
# columns) with None where it covers.
TABLES = {
    "three_public": (
        "三公经费",
        ["某县档案馆2019年“三公”经费预算表", "单位：万元"],
        [
            [("merge", "项目", 2, 1), ("merge", "预算数", 1, 2), None, ("merge", "比上年增减", 1, 2), None],
            [None, "2018年", "2019年", "增减额", "增减幅度"],
            ["合计", money("8.30"), money("7.55"), money("-0.75"), rate("-9.04%")],
            ["1.因公出国（境）费", money("0.00"), money("0.00"), "", ""],
            ["2.公务接待费", money("2.80"), money("2.50"), money("-0.30"), rate("-10.71%")],
            ["3.公务用车购置及运行费", money("5.50"), money("5.05"), money("-0.45"), rate("-8.18%")],
            ["其中：公务用车购置费", money("0.00"), money("0.00"), "—", "—"],
            ["公务用车运行维护费", money("5.50"), money("5.05"), money("-0.45"), rate("-8.18%")],
        ],
        ["2019年“三公”经费预算7.55万元，比上年减少0.75万元。"],
    ),
    "function_expenditure": (
        "一般公共预算支出情况表",
        ["2019年一般公共预算支出情况表", "单位：元"],
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["201", "一般公共服务支出", money("1,234,567.89"), money("1,000,000.00"), money("234,567.89")],
            ["20126", "档案事务", money("1,234,567.89"), money("1,000,000.00"), money("234,567.89")],
            ["2012601", "行政运行", money("1,000,000.00"), money("1,000,000.00"), ""],
            ["2012604", "档案馆", money("234,567.89"), "", money("234,567.89")],
            ["", "合计", money("1,234,567.89"), money("1,000,000.00"), money("234,567.89")],
        ],
        [],
    ),
    # 行政运行 is 10 more than its parts.
    "wrong_row": (
        "支出情况",
        ["2019年一般公共预算支出情况表", "单位：万元"],
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["2012601", "行政运行", money("227.38"), money("217.38"), money("0.00")],
            ["2012604", "档案馆", money("218.40"), money("0.00"), money("218.40")],
        ],
        [],
    ),
    # One row of labels, one of values.
    "label_row": (
        "三公经费",
        ["某县档案馆2020年“三公”经费支出预算表", "单位：万元"],
        [
            ["“三公”经费合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费"],
            [money("9.40"), money("0.00"), money("3.10"), money("6.30")],
        ],
        ["2020年“三公”经费预算9.40万元。"],
    ),
    # 行次 and 栏次 number what stands in them, and are no figures.
    "line_numbers": (
        "收入决算",
        ["某县档案馆2020年收入决算表", "单位：万元"],
        [
            ["项目", "行次", "决算数"],
            ["栏次", "", "1"],
            ["一、财政拨款收入", "1", money("310.50")],
            ["二、事业收入", "2", money("12.40")],
            ["三、其他收入", "3", ""],
            ["本年收入合计", "4", money("322.90")],
        ],
        [],
    ),
    # A row whose last cells are blank. In a text they are printed: without them nobody could tell which are missing.
    "short_row": (
        "三公经费",
        ["某县档案馆2020年“三公”经费预算对比表", "单位：万元"],
        [
            ["项目", "2019年预算数", "2020年预算数", "增减额"],
            ["公务接待费", money("2.80"), money("2.50"), money("-0.30")],
            ["因公出国（境）费", money("1.20"), "", ""],
            ["公务用车运行维护费", money("5.50"), money("5.05"), money("-0.45")],
        ],
        [],
    ),
    "two_sided": (
        "收支总表",
        ["2019年部门收支总体情况表", "单位：万元"],
        [
            [("merge", "收入", 1, 2), None, ("merge", "支出", 1, 2), None],
            ["项目", "预算数", "项目", "预算数"],
            ["一、一般公共预算拨款收入", money("123.46"), "一、基本支出", money("100.00")],
            ["二、政府性基金预算拨款收入", money("0.00"), "二、项目支出", money("23.46")],
            ["本年收入合计", money("123.46"), "本年支出合计", money("123.46")],
            ["上年结转", money("1.20"), "结转下年", money("1.20")],
            ["收入总计", money("124.66"), "支出总计", money("124.66")],
        ],
        [],
    ),
}


def said(cell):
    """What a cell prints."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return cell[1] if cell[0] == "merge" else cell[0]
    return cell


def merge(cell):
    return cell[2:] if isinstance(cell, tuple) and cell[0] == "merge" else None


def text(above, rows, below):
    lines = ["| " + " | ".join(said(cell) for cell in row) + " |" for row in rows]
    return "\n".join(above + lines + below) + "\n"


def csv(above, rows, below):
    def quoted(cell):
        return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell

    width = max(len(row) for row in rows)
    rows = [[line] for line in above] + rows + [[line] for line in below]
    lines = [[quoted(said(cell)) for cell in row] + [""] * (width - len(row)) for row in rows]
    return "\r\n".join(",".join(row) for row in lines) + "\r\n"


def page(title, above, rows, below):
    out = ["<!DOCTYPE html>", '<html><head><meta charset="utf-8">', f"<title>{title}</title></head>", "<body>"]
    out += [f'<p style="text-align: center">{html.escape(line)}</p>' for line in above]
    out.append('<table border="1">')
    for row in rows:
        cells = []
        for cell in row:
            if cell is None:
                continue
            span = merge(cell)
            span = f' rowspan="{span[0]}" colspan="{span[1]}"' if span else ""
            cells.append(f"<td{span}><p>{html.escape(said(cell)) or '&nbsp;'}</p></td>")
        out.append("<tr>" + "".join(cells) + "</tr>")
    out.append("</table>")
    out += [f"<p>{html.escape(line).replace('“三公”', '“<b>三公</b>”')}</p>" for line in below]
    return "\n".join(out + ["</body></html>"]) + "\n"


def workbook(path, sheet_name, above, rows, below):
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime.datetime(2019, 1, 31)})
    sheet = book.add_worksheet(sheet_name)
    width = max(len(row) for row in rows)
    formats = {code: book.add_format({"num_format": code}) for code in (GROUPED, PLACES, RATE)}
    for at, line in enumerate(above):
        if at == 0:
            sheet.merge_range(at, 0, at, width - 1, line)
        else:
            sheet.write(at, width - 1, line)
    for at, row in enumerate(rows, len(above)):
        for column, cell in enumerate(row):
            if merge(cell):
                down, across = merge(cell)
                sheet.merge_range(at, column, at + down - 1, column + across - 1, said(cell))
            elif isinstance(cell, tuple):
                sheet.write_number(at, column, cell[1], formats[cell[2]])
            elif cell:
                sheet.write_string(at, column, cell)
    for at, line in enumerate(below, len(above) + len(rows)):
        sheet.write(at, 0, line)
    book.close()


def old_workbook(path, sheet_name, above, rows, below):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(sheet_name)
    width = max(len(row) for row in rows)
    styles = {code: xlwt.easyxf(num_format_str=code) for code in (GROUPED, PLACES, RATE)}
    for at, line in enumerate(above):
        if at == 0:
            sheet.write_merge(at, at, 0, width - 1, line)
        else:
            sheet.write(at, width - 1, line)
    for at, row in enumerate(rows, len(above)):
        for column, cell in enumerate(row):
            if merge(cell):
                down, across = merge(cell)
                sheet.write_merge(at, at + down - 1, column, column + across - 1, said(cell))
            elif isinstance(cell, tuple):
                sheet.write(at, column, cell[1], styles[cell[2]])
            elif cell:
                sheet.write(at, column, cell)
    for at, line in enumerate(below, len(above) + len(rows)):
        sheet.write(at, 0, line)
    book.save(str(path))


for name, (sheet_name, above, rows, below) in TABLES.items():
    (HERE / f"{name}.txt").write_text(text(above, rows, below), encoding="utf-8")
    (HERE / f"{name}.csv").write_bytes(csv(above, rows, below).encode("utf-8-sig"))
    (HERE / f"{name}.html").write_text(page(sheet_name, above, rows, below), encoding="utf-8")
    workbook(HERE / f"{name}.xlsx", sheet_name, above, rows, below)
    old_workbook(HERE / f"{name}.xls", sheet_name, above, rows, below)
