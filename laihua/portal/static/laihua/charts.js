/* Draws what `c-chart` carries as data, and folds its table away. Without this script the table stands open. */
(() => {
  "use strict";
  const COLOURS = ["#0F5C8C", "#2F8F83", "#B9780F", "#6F62A8", "#B5583F", "#6B7A89"];
  const INK = "#465462", LINE = "#DCE2E8", AXIS = "#7B8998";
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: INK };

  // Roughly how many lines the legend takes: a Chinese character is as wide as two Latin letters.
  const wide = (name) => 30 + [...name].reduce((sum, c) => sum + (c > "\u2e80" ? 12 : 6.5), 0);
  const legendLines = (data, width) => data.series.length < 2 ? 0
    : Math.ceil(data.series.reduce((sum, one) => sum + wide(one.name), 0) / Math.max(width - 20, 1));

  const option = (data, width) => {
    const names = { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: AXIS } },
      axisLabel: { ...font, hideOverlap: true }, inverse: data.lying, z: 5 };
    const values = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: font };
    const shown = data.series.filter((one) => one.values.some(Boolean));
    return {
      animation: false, color: COLOURS, textStyle: font,
      aria: { enabled: true, label: { description: data.spoken } },
      legend: { show: data.series.length > 1, left: 0, top: 0, itemWidth: 10, itemHeight: 10, icon: "roundRect", textStyle: font, selectedMode: false },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, textStyle: { ...font, color: "#17222D" } },
      grid: { left: 4, right: 16, top: 14 + 22 * legendLines(data, width), bottom: 4, containLabel: true },
      xAxis: data.lying ? values : names, yAxis: data.lying ? names : values,
      series: data.series.map((one) => ({
        type: "bar", stack: "all", name: one.name, data: one.values.map((value) => value || null), barMaxWidth: 28,
        itemStyle: { borderColor: "#fff", borderWidth: shown.length > 1 ? 1 : 0 },
      })),
    };
  };

  document.querySelectorAll("[data-lh-chart]").forEach((box) => {
    const source = document.getElementById(box.dataset.lhChart), place = box.querySelector(".lh-chart-drawn");
    if (!window.echarts || !source || !place) return;
    place.hidden = false;
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option(JSON.parse(source.textContent), place.clientWidth));
    place.setAttribute("role", "img");
    new ResizeObserver(() => chart.resize()).observe(place);
    box.querySelector("details").open = false;
  });
})();
