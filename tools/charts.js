// What the hall draws: bars, described for screen readers, as SVG. Built by tools/vendor_static.py.
import { init, use } from "echarts/core.js";
import { BarChart } from "echarts/charts.js";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components.js";
import { SVGRenderer } from "echarts/renderers.js";

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
window.echarts = { init };
